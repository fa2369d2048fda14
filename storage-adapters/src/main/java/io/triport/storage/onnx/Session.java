package io.triport.storage.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** A model of BERT's form that is loaded. Safe for many threads. */
final class Session implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Set<String> inputs;

    /** @throws StorageFailure.Rejected UNSUPPORTED for a file that is no such model */
    Session(Path model) {
        try (var options = new OrtSession.SessionOptions()) {
            this.session = environment.createSession(model.toString(), options);
            this.inputs = session.getInputNames();
        } catch (OrtException e) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "onnx: " + model + " cannot be loaded (" + e.getCode() + ")");
        }
        if (!inputs.contains(IDS) || !KNOWN.containsAll(inputs)) {
            close();
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED,
                    "onnx: inputs " + inputs + " (expected: input_ids, and of others only " + MASK + " and " + TYPES
                            + ")");
        }
    }

    /** What the first output says of each input: arrays of floats in arrays. */
    Object run(List<Tokens> batch) {
        var longest = batch.stream().mapToInt(one -> one.ids().size()).max().orElseThrow();
        var made = new HashMap<String, OnnxTensor>();
        try {
            put(made, IDS, batch, longest, (one, at) -> one.ids().get(at).longValue());
            put(made, MASK, batch, longest, (one, at) -> 1L);
            put(made, TYPES, batch, longest, (one, at) -> at < one.firsts() ? 0L : 1L);
            try (var result = session.run(made)) {
                return result.get(0).getValue();
            }
        } catch (OrtException e) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, "onnx: the model failed (" + e.getCode() + ")");
        } finally {
            made.values().forEach(OnnxTensor::close);
        }
    }

    /** Behind the end of an input are zeros. */
    private void put(
            Map<String, OnnxTensor> to,
            String name,
            List<Tokens> batch,
            int longest,
            BiFunction<Tokens, Integer, Long> value)
            throws OrtException {
        if (!inputs.contains(name)) {
            return;
        }
        var numbers = new long[batch.size()][longest];
        for (var row = 0; row < numbers.length; row++) {
            for (var at = 0; at < batch.get(row).ids().size(); at++) {
                numbers[row][at] = value.apply(batch.get(row), at);
            }
        }
        to.put(name, OnnxTensor.createTensor(environment, numbers));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("onnx: cannot be closed", e);
        }
    }
}
