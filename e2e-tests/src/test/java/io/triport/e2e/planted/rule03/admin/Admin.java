package io.triport.e2e.planted.rule03.admin;

/** The other app. */
public record Admin() {}
