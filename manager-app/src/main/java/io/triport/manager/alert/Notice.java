package io.triport.manager.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobStatus;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.document.Form;

/**
 * Something that people are told.
 *
 * @param kind {@code alert} or {@code job}
 * @param user whom it is for; empty for all
 * @param namespace an id; empty for none
 * @param about the id of the alert or the job
 */
record Notice(String kind, String user, String namespace, String title, String about, String at) {
    static final Form<Notice> FORM = new Form<>() {
        @Override
        public Notice read(Fields fields) {
            return new Notice(
                    fields.required("kind"),
                    fields.required("user"),
                    fields.required("namespace_id"),
                    fields.required("title"),
                    fields.required("about"),
                    fields.required("timestamp"));
        }

        @Override
        public ObjectNode write(Notice notice) {
            return notice.shown().put("user", notice.user);
        }
    };

    static Notice alert(String id, Alert alert) {
        return new Notice("alert", "", alert.namespace(), alert.name() + ": " + alert.message(), id, alert.opened());
    }

    /** The end of a job, for whoever ordered it. */
    static Notice job(Job job) {
        return new Notice(
                "job",
                job.order().user(),
                job.order().namespace(),
                job.order().operation() + (job.status() == JobStatus.FAILED ? " failed" : " completed"),
                job.id().text(),
                Moments.text(job.ended()));
    }

    ObjectNode shown() {
        return Json.object()
                .put("kind", kind)
                .put("namespace_id", namespace)
                .put("title", title)
                .put("about", about)
                .put("timestamp", at);
    }
}
