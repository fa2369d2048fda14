package io.triport.domain.keyvalue;

/** A namespace of keys, as the catalogue knows it. */
public record Namespace(NamespaceId id, NamespaceTitle title) {}
