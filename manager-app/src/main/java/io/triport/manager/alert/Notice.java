package io.triport.manager.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.document.Form;
import io.triport.manager.event.Event;
import io.triport.manager.event.EventKind;

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
    static Notice job(Event event) {
        var data = event.data();
        var what = data.path("operation_type").asText();
        return new Notice(
                "job",
                data.path("user_email").asText(),
                data.path("namespace_id").asText(),
                what + (event.kind() == EventKind.JOB_FAILED ? " failed" : " completed"),
                data.path("job_id").asText(),
                Moments.text(event.at()));
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
