// The scripts are sent as one, in the order weight.js, editor.js, widget.js.
declare const weightedLength: (text: string) => number;
declare const countPost: (text: HTMLTextAreaElement) => void;
declare const shuffleText: (editor: Element) => void;
declare const weaveText: (editor: Element, mine: HTMLTextAreaElement) => void;
declare const copyText: (field: HTMLInputElement) => Promise<boolean>;
declare const fillLink: (link: HTMLAnchorElement, editor: Element) => void;
