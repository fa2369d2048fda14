package io.triport.domain.inference;

/** What a model is for. */
public enum Task {
    TEXT_GENERATION,
    TEXT_EMBEDDINGS,
    RERANK,
    CLASSIFICATION,
    /** Anything else: JSON or bytes go through as they are. */
    OTHER
}
