package io.triport.objects.admin;

import io.triport.domain.request.Fetch;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.sts.SessionRevocations;
import io.triport.objects.stored.Document;
import io.triport.objects.stored.Kind;
import io.triport.objects.stored.StoredDocuments;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Ends sessions before their time. Safe for many threads. */
public final class SessionsPage {
    private static final String TOKEN = "token_id";
    private static final String BEFORE = "revoke_sessions_before";

    private final StoredDocuments documents;
    private final SessionRevocations revocations;
    private final Forms forms;
    private final Clock clock;

    public SessionsPage(StoredDocuments documents, SessionRevocations revocations, Forms forms, Clock clock) {
        this.documents = documents;
        this.revocations = revocations;
        this.forms = forms;
        this.clock = clock;
    }

    /** All that a role has now. */
    EdgeAnswer endAll(String role) {
        forms.requireStored(Kind.ROLE, role);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        if (documents
                .change(Kind.ROLE, role, document -> document.with(BEFORE, now))
                .isEmpty()) {
            throw AdminProblem.NOT_FOUND.refused();
        }
        return AdminApi.page(200, Document.empty().with("role_id", role).with(BEFORE, now));
    }

    /** One, by the id of its token. */
    EdgeAnswer end(Fetch fetch) {
        var section = AdminApi.body(fetch);
        var token = section.text(TOKEN).orElseThrow(() -> AdminProblem.BAD_REQUEST.refused(TOKEN + ": missing"));
        revocations.revoke(token);
        return AdminApi.nothing();
    }
}
