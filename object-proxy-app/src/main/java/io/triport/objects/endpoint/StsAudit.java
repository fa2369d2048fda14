package io.triport.objects.endpoint;

import io.triport.domain.identity.Principal;
import io.triport.domain.request.Fetch;
import io.triport.identity.sts.StsAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each session that was given out, and for each that was denied. Never has a token or a secret. */
final class StsAudit {
    private static final Logger AUDIT = LoggerFactory.getLogger("triport.audit");

    private StsAudit() {}

    /** @param asker null where the gate let nobody in */
    static void write(Fetch fetch, StsQuestion question, @Nullable Principal asker, StsAnswer answer) {
        var refused = answer instanceof StsAnswer.Refused;
        if (!refused && !question.forSession()) {
            return;
        }
        var line = AUDIT.atInfo()
                .addKeyValue("request", fetch.id())
                .addKeyValue("operation", question.action())
                .addKeyValue("status", StsReplies.status(answer))
                .addKeyValue("peer", fetch.peer().address().getHostAddress());
        if (asker != null) {
            line = line.addKeyValue("principal", asker.id()).addKeyValue("credential", asker.credential());
        }
        if (!question.role().isEmpty()) {
            line = line.addKeyValue("role", question.role());
        }
        switch (answer) {
            case StsAnswer.Assumed assumed ->
                line = line.addKeyValue("session", assumed.user().roleId())
                        .addKeyValue("issued", assumed.credentials().id());
            case StsAnswer.AssumedByToken assumed ->
                line = line.addKeyValue("session", assumed.user().roleId())
                        .addKeyValue("issued", assumed.credentials().id())
                        .addKeyValue("issuer", assumed.provider())
                        .addKeyValue("subject", assumed.subject());
            case StsAnswer.SessionToken(var credentials) -> line = line.addKeyValue("issued", credentials.id());
            case StsAnswer.Caller caller -> {}
            case StsAnswer.Refused(var problem) ->
                line = line.addKeyValue("code", problem.code().text());
        }
        line.log(refused ? "denied" : "given out");
    }
}
