import * as z from "zod";

const gatesSchema = z.looseObject({
  properties: z.looseObject({ gates: z.looseObject({ items: z.json() }) }),
});

/**
 * The configuration's JSON Schema for editors: over a preset, a gate without a `kind` changes the preset's gate of its id,
 * so that it may leave out what the preset says. Whether the two together make a gate, the plan judges.
 */
export function editorSchema(json: object): object {
  const schema = gatesSchema.parse(json);
  const { gates } = schema.properties;
  const change = {
    type: "object",
    description: "Changes to the gate of this id in the preset.",
    properties: {
      id: { type: "string", description: "Id of the preset's gate." },
      kind: { not: {}, description: "Stands only in a gate that is told in full." },
    },
    required: ["id"],
  };
  const items = { anyOf: [gates.items, change] };
  return { ...schema, properties: { ...schema.properties, gates: { ...gates, items } } };
}
