package io.triport.domain.table;

import java.util.List;
import java.util.Optional;

/** Small documents by kind and id: what people have set. An answered change is seen by every later read. Safe for many threads. */
public interface Settings {
    long ABSENT = 0;
    long WHATEVER = -1;

    Optional<Document> find(DocumentName name);

    /** All of a kind, in the order of their ids' bytes. */
    List<Document> list(String kind);

    /**
     * Writes a document if the present one has the version.
     *
     * @param expected {@link #ABSENT} for none yet, {@link #WHATEVER} for any or none
     * @return the document as it is now, or empty when the version was another one
     */
    Optional<Document> put(DocumentName name, JsonText content, long expected);

    /** Whether there was one. */
    boolean delete(DocumentName name);
}
