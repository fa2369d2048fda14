package io.triport.domain.storage;

/** A namespace of keys, as the catalogue knows it. */
public record Namespace(NamespaceId id, NamespaceTitle title) {}
