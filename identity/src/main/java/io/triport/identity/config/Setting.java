package io.triport.identity.config;

/** A setting that was read: what the reference and the dump show of it. @param shown the effective value, masked for secrets */
public record Setting(String key, String expectation, String fallback, String about, String shown, String origin) {}
