import { afterAll, describe, expect, it } from "vitest";
import { localTagDates } from "#src/adapters/tag-dates";
import { gitGround } from "#src/testing/git-ground";

describe("the dates of tags", () => {
  const ground = gitGround();
  const dates = localTagDates(ground.work);
  const sha = ground.commit("feat: begin", { "a.txt": "a\n" });
  ground.git(["tag", "v1.0.0"]);
  ground.git(["-c", "tag.gpgSign=false", "tag", "-a", "v1.1.0", "-m", "v1.1.0"]);
  afterAll(() => ground.remove());

  it("PLN-55: are those of the tag's object, with its commit", async () => {
    expect(await dates.find("v1.1.0")).toEqual({
      commit: sha,
      date: expect.stringMatching(/^2026-01-01T00:00:00(Z|\+00:00)$/),
    });
  });

  it("PLN-55: are those of the commit where the tag is lightweight", async () => {
    expect(await dates.find("v1.0.0")).toMatchObject({ commit: sha });
  });

  it("are not there for a tag that the checkout does not hold, nor for one that begins alike", async () => {
    expect(await dates.find("v1.0")).toBeUndefined();
    expect(await dates.find("v9.9.9")).toBeUndefined();
  });
});
