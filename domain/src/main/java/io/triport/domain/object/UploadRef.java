package io.triport.domain.object;

/** An upload of a key. An id that was made for another key names nothing. */
public record UploadRef(ObjectKey key, UploadId id) {}
