package io.triport.domain.inference;

/**
 * Keeps what goes into models and comes out, of those models of which the catalogue says so; of an answer that was streamed the first
 * 500,000 characters, and what was given out where nobody waited for the end. Must not throw and must not wait.
 */
@FunctionalInterface
public interface Records {
    void record(ModelName model, Spender spender, InferenceInput input, InferenceOutput output);
}
