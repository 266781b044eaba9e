// The scripts are sent as one, in the order weight.js, editor.js, language.js, widget.js.
declare const weightedLength: (text: string) => number;
declare const countPost: (text: HTMLTextAreaElement) => void;
declare const shuffleText: (editor: Element) => void;
declare const weaveText: (editor: Element, mine: HTMLTextAreaElement) => void;
declare const copyText: (field: HTMLInputElement) => Promise<boolean>;
declare const fillLink: (link: HTMLAnchorElement, editor: Element) => void;
declare const speak: (link: HTMLAnchorElement) => Promise<void>;
declare const root: HTMLElement;
declare const stage: HTMLElement;
declare const say: Record<string, string>;
declare const opened: Map<string, string | undefined>;
declare let visit: string;
declare let question: string;
declare let typed: Map<string, string>;
declare let latest: AbortController;
declare const actOf: (element: Element) => string;
declare const swap: (html: string, form?: Element | null) => void;
declare const post: (step: string, fields: URLSearchParams) => Promise<{ html: string | null }>;
