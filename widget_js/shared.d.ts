/** From weight.js, which is inlined before widget.js. */
declare const weightedLength: (text: string) => number;
