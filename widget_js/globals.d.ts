/** weight.js, which stands before widget.js in the same script. */
declare const weightedLength: (text: string) => number;
