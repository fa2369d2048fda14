package io.triport.manager.key;

import io.triport.domain.identity.Grant;
import io.triport.domain.table.AuditEntry;
import io.triport.manager.route.Call;

/**
 * Who writes.
 *
 * @param user as the audit names him
 * @param source by which way it came
 */
public record Author(Grant grant, String user, AuditEntry.Source source) {
    /** Who calls the manager's own API: a browser says by which page it was caused. */
    public static Author of(Call call) {
        var browser = call.fetch().headers().has("sec-fetch-site");
        return new Author(call.grant(), call.caller().user(), browser ? AuditEntry.Source.UI : AuditEntry.Source.API);
    }
}
