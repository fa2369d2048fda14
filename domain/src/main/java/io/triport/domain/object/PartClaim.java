package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/** A part as the caller knows it when it completes an upload. @param checksum null where the caller says none */
public record PartClaim(int number, ETag etag, @Nullable Checksum checksum) {}
