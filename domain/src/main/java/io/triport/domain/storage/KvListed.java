package io.triport.domain.storage;

/** A key as a listing shows it: without its value. */
public record KvListed(KvKey key, Expiry expiry, KvMetadata metadata) {}
