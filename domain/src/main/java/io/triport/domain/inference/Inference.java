package io.triport.domain.inference;

import io.triport.domain.request.Content;
import java.util.List;

/**
 * Answers of models, for one caller (storage contract, section 9). A call is charged to the caller's budget by an estimate before
 * the model is asked, and by what it used afterwards; one that fails before anything was given out costs nothing. Waits at most 100 s
 * for the first byte of an answer, and as long for each piece behind it. What goes in and comes out is told to no log, unless the
 * catalogue says so of the model. Safe for many threads.
 */
public interface Inference {
    /**
     * The whole answer.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected NOT_FOUND for a model that is not in the catalogue, BAD_REQUEST for
     *     an input that is not of the model's task
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE for more than the model takes, or than the caller's
     *     budget ever has; THROTTLED, with a time to wait, where the budget has too little now, or the model's server says so
     * @throws io.triport.domain.failure.StorageFailure.Unavailable OUTCOME_UNKNOWN where no answer came in time, else UNAVAILABLE
     */
    InferenceResult run(ModelName model, InferenceInput input);

    /**
     * An answer while it is made, as server-sent events (WHATWG HTML, section 9.2) in UTF-8. Each is a JSON object: {@code response}
     * with a piece of text, or {@code tool_calls} as the model wrote them; the last one has {@code finish_reason} and {@code usage},
     * and behind it comes {@code [DONE]}. The first piece is there when this returns, and from then on nothing is asked anew: the
     * body fails where the model does. Who closes the body or wants no more has paid for what was given out, and the model's server
     * is told at once.
     *
     * @throws io.triport.domain.failure.StorageFailure as {@link #run}, and UNSUPPORTED for what is not text generation
     */
    Content stream(ModelName model, InferenceInput input);

    /** The models that the caller may ask, by name. */
    List<ModelInfo> models(ModelFilter filter);
}
