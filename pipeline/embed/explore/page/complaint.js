// What cannot be done, told by a name among the page's sentences and what stands in its braces.

export class Complaint extends Error {
  /** values: by name, numbers and words of the sentence. */
  constructor(name, values = {}) {
    super(name);
    Object.assign(this, { sentence: name, values });
  }
}

/** Throws a Complaint. */
export function fail(name, values) {
  throw new Complaint(name, values);
}
