package io.triport.objects.stored;

import io.triport.identity.directory.EntryKind;

/** What is stored. */
public enum Kind {
    BUCKET("bucket", "name"),
    CREDENTIAL("credential", "access_key_id"),
    ROLE("role", "role_id");

    private final EntryKind entries;
    private final String id;

    Kind(String word, String id) {
        this.entries = new EntryKind(word);
        this.id = id;
    }

    EntryKind entries() {
        return entries;
    }

    /** As people and paths call one. */
    public String word() {
        return entries.text();
    }

    /** The key of a document that names it. */
    public String id() {
        return id;
    }
}
