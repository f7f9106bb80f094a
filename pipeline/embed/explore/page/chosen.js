// Runs to choose among: each is unpacked once and kept, the one that is asked for before those that wait their turn.

import { unpack } from "./run.js";

export class Runs {
  /** facts: what all share; own: of each what it has alone; texts: of each a function that gives its packed numbers. */
  constructor(facts, own, texts) {
    Object.assign(this, { facts, own, texts });
    this.kept = own.map(() => undefined);
    this.asked = new Map();
  }

  /** Resolves to a run by its number. */
  async run(number) {
    if (!this.asked.has(number)) this.asked.set(number, unpack({ ...this.facts, ...this.own[number] }, this.texts[number]()));
    const run = await this.asked.get(number);
    run.drawn ??= {}; // what panels have drawn of it, which they keep
    return (this.kept[number] = run);
  }

  /** Unpack those that nobody asked for, one after another, from the near to the far in `order`. */
  async all(order) {
    for (const number of order) {
      await this.run(number);
      await new Promise((go) => setTimeout(go)); // what is clicked meanwhile comes first
    }
  }
}
