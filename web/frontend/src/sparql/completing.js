// What the editor offers while one writes: the prefixes and terms of this knowledge base.

/** Completers for prefixes after PREFIX, and for terms wherever a prefixed name is begun. */
export function completers(prefixes, terms) {
  const declared = Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  const full = terms.map((term) => {
    const [prefix, local] = term.split(":");
    return `${prefixes[prefix]}${local}`;
  });
  return [
    {
      name: "dateline-prefixes",
      bulk: true,
      persistenceId: null,
      autoShow: true,
      get: () => declared,
      isValidCompletionPosition: (yasqe) => {
        const cursor = yasqe.getDoc().getCursor();
        const before = yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
        return /^\s*PREFIX\s+[\w-]*:?$/i.test(before);
      },
      preProcessToken: (yasqe, token) => {
        const before = yasqe.getTokenAt({ line: yasqe.getDoc().getCursor().line, ch: token.start });
        const blank = token.string.trim() === "";
        return {
          ...token,
          autocompletionString: blank ? "" : token.string,
          from: { ch: blank ? before.end + token.string.length : token.start },
          to: { ch: token.end },
        };
      },
    },
    {
      name: "dateline-terms",
      bulk: true,
      persistenceId: null,
      autoShow: true,
      get: () => full,
      isValidCompletionPosition: (yasqe) => {
        const token = yasqe.getCompleteToken();
        return /^[\w-]+:[\w-]*$/.test(token.string);
      },
      preProcessToken: (yasqe, token) => {
        const [prefix] = token.string.split(":");
        const iri = yasqe.getPrefixesFromQuery()[prefix] ?? prefixes[prefix];
        const local = token.string.slice(prefix.length + 1);
        return {
          ...token,
          tokenPrefix: `${prefix}:`,
          tokenPrefixUri: iri,
          autocompletionString: `${iri}${local}`,
        };
      },
      postProcessSuggestion: (yasqe, token, suggestion) => {
        const prefix = token.tokenPrefix.slice(0, -1);
        if (!(prefix in yasqe.getPrefixesFromQuery())) {
          yasqe.addPrefixes({ [prefix]: token.tokenPrefixUri });
        }
        return `${token.tokenPrefix}${suggestion.slice(token.tokenPrefixUri.length)}`;
      },
    },
  ];
}
