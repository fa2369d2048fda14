package io.triport.domain.inference;

/** A model that a deployment has, and what answers for it. */
public record ModelBinding(ModelInfo info, ModelBackend backend, ModelEntry.Recording recording) {}
