package io.triport.manager.route;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.manager.repeat.Effect;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who changes something.
 *
 * @param user as the audit names him
 * @param source by which way it came
 * @param effect whatever he changes goes through it
 */
public record Author(Grant grant, String user, AuditEntry.Source source, Effect effect) {
    /** Who calls the manager's own API: a browser says by which page it was caused. */
    public static Author of(Call call) {
        var browser = call.fetch().headers().has("sec-fetch-site");
        return of(call, browser ? AuditEntry.Source.UI : AuditEntry.Source.API);
    }

    public static Author of(Call call, AuditEntry.Source source) {
        return new Author(call.grant(), call.caller().user(), source, call.effect());
    }

    /** Writes as one what he changes, once where he has named his call: see {@link Effect#together}. */
    public <R> R together(Storage storage, Function<Storage, R> unit) {
        return effect.together(storage, unit);
    }

    /** The same of what lies elsewhere: see {@link Effect#apart}. */
    public <R> R apart(Storage storage, Consumer<Storage> before, Supplier<R> change) {
        return effect.apart(storage, before, change);
    }

    /** Tells the audit what he does, in the unit that does it. @param details a JSON object, or nothing */
    public AuditEntry tell(Storage unit, String operation, AuditPlace place, Instant at, JsonText details) {
        var entry = new AuditEntry(place, operation, user, source, grant.request(), at, details);
        unit.auditTrail(grant).append(List.of(entry));
        return entry;
    }
}
