package io.triport.domain.table;

import java.time.Instant;

/** A document of settings. @param version grows with every change of the document */
public record Document(DocumentName name, JsonText content, long version, Instant updated) {}
