import type { FormulaSighting, FormulaSource } from "#src/ports/formula-source";
import type { BytesSighting, ServedBytes } from "#src/ports/served-bytes";

/** Taps in memory: formulae by `owner/name:path`, or by the path alone for this repository. */
export class FakeFormulae implements FormulaSource {
  readonly sightings: Record<string, FormulaSighting>;

  constructor(sightings: Record<string, FormulaSighting> = {}) {
    this.sightings = sightings;
  }

  async read(tap: string | undefined, path: string): Promise<FormulaSighting> {
    const place = tap === undefined ? path : `${tap}:${path}`;
    return this.sightings[place] ?? { seen: "absent", because: `no file ${place}` };
  }
}

/** Addresses in memory, each with what it serves; any other is absent. */
export class FakeServedBytes implements ServedBytes {
  readonly asked: string[] = [];
  readonly patience: (number | undefined)[] = [];
  readonly sightings: Record<string, BytesSighting>;

  constructor(sightings: Record<string, BytesSighting> = {}) {
    this.sightings = sightings;
  }

  async look(url: string, patience?: number): Promise<BytesSighting> {
    this.asked.push(url);
    this.patience.push(patience);
    return this.sightings[url] ?? { seen: "absent", because: `${url} answered HTTP 404` };
  }
}
