package io.triport.storage.endpoint;

/** Where connections go. @param host a name or an address, without brackets */
public record Address(boolean encrypted, String host, int port) {}
