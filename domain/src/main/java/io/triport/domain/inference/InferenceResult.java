package io.triport.domain.inference;

/** What a model answered, and what that took. */
public record InferenceResult(InferenceOutput output, Usage usage) {}
