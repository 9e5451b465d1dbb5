const DAY = 24 * 60;

/**
 * Reads a turning point written as `HH:MM=metres`, for example `06:12=0.8`.
 * @throws {RangeError} when the time or the height is none.
 */
export function parseTurningPoint(text) {
  const [, hours, minutes, metres] = /^(\d{1,2}):(\d{2})=(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (!metres || Number(hours) > 23 || Number(minutes) > 59) {
    throw new RangeError(`expected HH:MM=metres, for example 06:12=0.8, found "${text}"`);
  }
  return { minute: Number(hours) * 60 + Number(minutes), metres: Number(metres) };
}

/**
 * Lists the heights from the first to the last turning point, `every` so many minutes.
 * A time that is not after the one before it belongs to the next day.
 */
export function tideTable(turningPoints, every = 60) {
  if (turningPoints.length < 2) throw new RangeError("expected at least two turning points");
  if (!(Number.isInteger(every) && every > 0)) throw new RangeError("expected a positive whole number of minutes");
  const points = inOrder(turningPoints);
  const rows = [];
  for (let minute = points[0].minute; minute <= points.at(-1).minute; minute += every) {
    rows.push({ time: clockTime(minute), metres: heightAt(points, minute) });
  }
  return rows;
}

function inOrder(turningPoints) {
  const points = [];
  for (const { minute, metres } of turningPoints) {
    const previous = points.at(-1)?.minute ?? -1;
    const days = Math.max(0, Math.floor((previous - minute) / DAY) + 1);
    points.push({ minute: minute + days * DAY, metres });
  }
  return points;
}

/** Between two turning points the water follows half a cosine, the curve behind the rule of twelfths. */
function heightAt(points, minute) {
  const next = Math.max(
    1,
    points.findIndex((point) => point.minute >= minute),
  );
  const [from, to] = [points[next - 1], points[next]];
  const phase = Math.PI * ((minute - from.minute) / (to.minute - from.minute));
  const metres = (from.metres + to.metres) / 2 + ((from.metres - to.metres) / 2) * Math.cos(phase);
  return Math.round(metres * 100) / 100;
}

function clockTime(minute) {
  const within = minute % DAY;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}
