package io.triport.domain.storage;

/** What an engine says of itself at start and in the configuration dump. @param name the technology, such as {@code sqlite} */
public record EngineInfo(String name, Durability durability) {}
