package io.triport.identity.directory;

import io.triport.domain.request.Bytes;

/** A named document. @param document what it says, in a form that its reader knows; may hold secrets */
public record Entry(EntryKind kind, String name, Bytes document) {
    @Override
    public String toString() {
        return "Entry[" + kind.text() + "/" + name + "]";
    }
}
