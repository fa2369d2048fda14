package io.triport.domain.inference;

/** Whose budget a call is charged to. @param text the same for the same principal, different for any other */
public record Spender(String text) {}
