package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobBatch;
import io.triport.manager.job.JobStep;
import io.triport.manager.job.JobWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several works one after the other, as one job. */
final class StagedWork implements JobWork {
    /*
     * Going on
     *
     * The place says which work it is, and where that one is. A work is finished before the place behind it is written down, so
     * one that was finished last may be finished once more, which does no harm.
     */
    private final Stages stages;
    private final ArrayNode results;
    private int at;
    private JsonNode inner;
    private long done;
    private long doneAfter;
    private @Nullable JobWork current;

    /** The works in their order. */
    interface Stages {
        int count();

        /** @param done items that it has been credited with */
        JobWork open(int stage, JsonNode position, long done);
    }

    StagedWork(Stages stages, JsonNode position) {
        this.stages = stages;
        this.at = position.path("stage").asInt();
        this.inner = position.path("inner");
        this.done = position.path("done").asLong();
        this.doneAfter = done;
        this.results = position.path("results") instanceof ArrayNode known ? known.deepCopy() : Json.array();
    }

    @Override
    public @Nullable JobBatch next() throws InterruptedException {
        if (at == stages.count()) {
            return null;
        }
        done = doneAfter;
        var work = current == null ? stages.open(at, inner, done) : current;
        current = work;
        var batch = work.next();
        if (batch != null) {
            return unit -> counted(batch, unit);
        }
        results.add(work.finish());
        work.close();
        current = null;
        at++;
        inner = Json.object();
        done = 0;
        doneAfter = 0;
        var behind = position();
        return unit -> new JobStep(0, List.of(), "", behind);
    }

    private JobStep counted(JobBatch batch, Storage unit) {
        var step = batch.apply(unit);
        inner = step.position();
        doneAfter = done + step.processed();
        return new JobStep(
                step.processed(), step.errors(), step.currentKey(), position().put("done", doneAfter));
    }

    @Override
    public ObjectNode finish() {
        var result = Json.object();
        result.set("parts", results);
        return result;
    }

    @Override
    public void discard() {
        if (current != null) {
            current.discard();
        }
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }

    private ObjectNode position() {
        var position = Json.object().put("stage", at).put("done", done);
        position.set("inner", inner);
        position.set("results", results);
        return position;
    }
}
