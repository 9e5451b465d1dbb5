/** A high or a low water. */
export interface TurningPoint {
  /** Minutes since midnight. */
  minute: number;
  metres: number;
}

/** The height of the water at one time of day. */
export interface Row {
  /** `HH:MM`. */
  time: string;
  /** Rounded to centimetres. */
  metres: number;
}

export function parseTurningPoint(text: string): TurningPoint;
export function tideTable(turningPoints: TurningPoint[], every?: number): Row[];
