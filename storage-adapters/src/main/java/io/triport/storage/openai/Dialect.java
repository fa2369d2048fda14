package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.InferenceResult;

/** How a path of the API says what we say. */
interface Dialect {
    /** What is asked for a whole answer. */
    ObjectNode question(String model, TextGeneration input);

    /** What is asked for an answer in pieces. */
    ObjectNode streamedQuestion(String model, TextGeneration input);

    InferenceResult whole(JsonNode answer, TextGeneration input);

    /** What makes events of an answer's pieces: one for each answer. */
    Pieces pieces(TextGeneration input);
}
