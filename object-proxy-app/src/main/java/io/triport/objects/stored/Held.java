package io.triport.objects.stored;

import io.triport.domain.request.Bytes;
import io.triport.identity.directory.Entry;

/**
 * A document as it lies in the directory.
 *
 * @param revision another one after each change
 */
public record Held(Kind kind, Entry entry, String revision, Document document) {
    private static final String REVISION = "revision";
    private static final String DOCUMENT = "document";

    /** @throws io.triport.identity.config.ConfigError for what was not made here */
    static Held open(Kind kind, Entry entry) {
        var whole = Document.parse(
                "stored " + kind.word() + " " + entry.name(), entry.document().toUtf8());
        return new Held(kind, entry, whole.text(REVISION).orElse(""), whole.inner(DOCUMENT));
    }

    static Held of(Kind kind, String name, String revision, Document document) {
        var whole = Document.empty().with(REVISION, revision).with(DOCUMENT, document);
        return new Held(kind, new Entry(kind.entries(), name, Bytes.utf8(whole.json())), revision, document);
    }

    public String name() {
        return entry.name();
    }
}
