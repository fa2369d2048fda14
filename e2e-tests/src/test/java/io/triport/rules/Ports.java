package io.triport.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ports by their classes' names. */
final class Ports {
    static final String DELIVERIES = "io.triport.domain.queue.QueueDeliveries";

    /** Data of identity's own, and the sources of its events: whoever had those could work on messages without a grant. */
    static final Set<String> IDENTITY_STATE = Set.of(
            "io.triport.domain.identity.CredentialStore",
            "io.triport.domain.identity.NonceLedger",
            "io.triport.domain.identity.RevocationList",
            "io.triport.domain.schedule.TickLedger",
            DELIVERIES);

    static final String ENGINE = "io.triport.domain.storage.StorageEngine";
    static final String TABLES = "io.triport.domain.table.Tables";
    static final String HEALTH = "io.triport.domain.storage.StorageHealth";

    private static final String LIMITER = "io.triport.domain.request.RateLimiter";

    private static final String AUDIT = "io.triport.domain.audit.AuditSink";

    private Ports() {}

    /** The engine, its tables, its health, and whatever they hand out: a port that is added there is found here. */
    static Set<String> storage(Code code) {
        var ports = new HashSet<>(Set.of(ENGINE, HEALTH));
        for (var source : List.of(ENGINE, TABLES)) {
            named(code, source).getMethods().stream()
                    .map(JavaMethod::getRawReturnType)
                    .filter(JavaClass::isInterface)
                    .filter(type -> type.getPackageName().startsWith("io.triport.domain."))
                    .forEach(type -> ports.add(type.getName()));
        }
        return Set.copyOf(ports);
    }

    private static JavaClass named(Code code, String name) {
        return code.domain().stream()
                .filter(found -> found.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        name + ": not on the class path (expected: Triport's domain, which all rules are about)"));
    }

    /** All that storage adapters implement. */
    static Set<String> withAdapters(Code code) {
        var ports = new HashSet<>(storage(code));
        ports.addAll(IDENTITY_STATE);
        ports.add(LIMITER);
        ports.add(AUDIT);
        return Set.copyOf(ports);
    }
}
