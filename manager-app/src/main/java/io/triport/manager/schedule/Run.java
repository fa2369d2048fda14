package io.triport.manager.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Refused;
import io.triport.manager.document.Form;
import java.time.Instant;
import java.util.Locale;

/**
 * What came of a schedule that fell due.
 *
 * @param due when it was to be, and {@code begun} when it was
 * @param attempt 1 for the first
 * @param job the id of the job; empty for none
 */
record Run(Trigger trigger, Instant due, Instant begun, int attempt, String job, Run.End end) {
    static final Form<Run> FORM = new Form<>() {
        @Override
        public Run read(Fields fields) {
            return new Run(
                    Trigger.valueOf(fields.required("trigger").toUpperCase(Locale.ROOT)),
                    Instant.parse(fields.required("due")),
                    Instant.parse(fields.required("begun")),
                    (int) fields.whole("attempt").orElseThrow(),
                    fields.text("job").orElse(""),
                    new End(
                            fields.text("status").orElse(""),
                            fields.text("ended").map(Instant::parse).orElse(Instant.MAX),
                            new JsonText(fields.text("outcome").orElse(""))));
        }

        @Override
        public ObjectNode write(Run run) {
            var node = Json.object()
                    .put("trigger", run.trigger.text())
                    .put("due", run.due.toString())
                    .put("begun", run.begun.toString())
                    .put("attempt", run.attempt)
                    .put("job", run.job);
            return run.open()
                    ? node
                    : node.put("status", run.end.status)
                            .put("ended", run.end.at.toString())
                            .put("outcome", run.end.outcome.text());
        }
    };

    /** What set it going. */
    enum Trigger {
        TICK,
        MANUAL;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How it ended.
     *
     * @param status that of the job, or skipped or refused; empty while it is open
     * @param outcome what the job came to, or code and message of why it did not
     */
    record End(String status, Instant at, JsonText outcome) {
        static final End OPEN = new End("", Instant.MAX, JsonText.NONE);

        static End because(String status, Instant now, String code, String message) {
            var why = Json.object().put("code", code).put("message", message);
            return new End(status, now, new JsonText(why.toString()));
        }

        static End of(Job job) {
            return new End(job.status().text(), job.ended(), job.outcome());
        }
    }

    static Run begun(Trigger trigger, Instant due, Instant now, int attempt) {
        return new Run(trigger, due, now, attempt, "", End.OPEN);
    }

    Run ordered(String id) {
        return new Run(trigger, due, begun, attempt, id, end);
    }

    Run ended(End how) {
        return new Run(trigger, due, begun, attempt, job, how);
    }

    Run refused(Refused why) {
        return ended(End.because("refused", begun, why.problem().code(), why.sentence()));
    }

    /** Whether its job goes on, as far as the run knows. */
    boolean open() {
        return end.status.isEmpty();
    }

    /** @param present its job as it is now, while the run is open */
    ObjectNode shown(Job present) {
        return open() && present.status().terminal()
                ? ended(End.of(present)).shown()
                : shown().put("status", open() ? present.status().text() : end.status);
    }

    /** As far as the run itself knows. */
    ObjectNode shown() {
        var node = Json.object()
                .put("trigger", trigger.text())
                .put("due_at", Moments.text(due))
                .put("begun_at", Moments.text(begun))
                .put("ended_at", open() ? null : Moments.text(end.at))
                .put("attempt", attempt)
                .put("status", open() ? JobStatus.QUEUED.text() : end.status)
                .put("job_id", job.isEmpty() ? null : job);
        var outcome = end.outcome.isNone() ? null : Json.parse(end.outcome.text());
        var done = end.status.equals(JobStatus.COMPLETED.text());
        node.set("result", done ? outcome : null);
        node.set("error", done ? null : outcome);
        return node;
    }
}
