import type { Config } from "#src/contract/config/schema";
import { type Ledger, recordOf } from "#src/domain/ledger";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";

type Asked = Pick<Config, "channels" | "provenance">;

/** A look that has to come before the upload, and what in the configuration asks for it. */
interface EarlyLook {
  mode: string;
  id: string;
  title: string;
  asked(config: Asked): boolean;
}

const earlyLooks: EarlyLook[] = [
  {
    mode: "alignment",
    id: "order",
    title: "Formulae were aligned before anything was published",
    asked: ({ channels }) => channels.some(({ kind, required }) => kind === "homebrew" && required),
  },
  {
    mode: "provenance",
    id: "order-provenance",
    title: "The build was judged before it was published",
    asked: ({ provenance }) => provenance !== undefined,
  },
  {
    mode: "preflight",
    id: "order-preflight",
    title: "The credentials were looked at before anything was published",
    asked: ({ channels }) =>
      channels.some((channel) => channel.required && "publishing" in channel && channel.publishing !== undefined),
  },
];

/** Judges whether everything that the configuration asks for came before the upload, and passed; what it does not ask for is not missed. */
export function judgeOrder(ledger: Ledger, config: Asked): Check[] {
  return earlyLooks
    .filter(({ asked }) => asked(config))
    .map(({ mode, id, title }) => {
      const ask = question(id, title);
      const look = recordOf(ledger, "publish-verify", mode)?.record;
      if (!look) {
        const because = `expected the record of publish-verify in the mode ${mode}, found none`;
        return ask.fail("publish.order-violated", because);
      }
      const { result } = look.verdict;
      if (result === "pass") return ask.pass(`passed at ${look.finished}`);
      return ask.fail("publish.order-violated", `expected ${mode} to say pass, found ${result}`);
    });
}
