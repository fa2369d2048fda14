package io.triport.domain.vector;

/** A change that was taken. @param changed vectors that were stored or removed */
public record Mutation(MutationId id, int changed) {}
