package io.triport.domain.keyvalue;

/** A key as a listing shows it: without its value. */
public record KvListed(KvKey key, Expiry expiry, KvMetadata metadata) {}
