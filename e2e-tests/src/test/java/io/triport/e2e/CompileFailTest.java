package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Grant;
import io.triport.identity.hmac.HmacMechanism;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app's code cannot say. Each source is compiled as it stands and without the offence, which then must pass. */
final class CompileFailTest {
    @TempDir
    private Path output;

    @Test
    void a_grant_cannot_be_made() {
        var offence = "Grant of(Principal who, Permissions what, RequestId request, Grant given) {"
                + " return new Grant(who, what, List.of(), Instant.MAX, request, BodyCheck.NONE); }";

        assertThat(compiled(offence, appClassPath()).errors())
                .singleElement()
                .satisfies(complaint -> assertThat(complaint.message())
                        .contains("is not public in io.triport.domain.identity.Grant; cannot be accessed from"
                                + " outside package"));
        assertThat(complaints(offence.replaceFirst("new Grant\\(.*?\\);", "given;")))
                .isEmpty();
    }

    @Test
    void a_grant_cannot_be_extended() {
        var offence = "static abstract class Mine extends Grant { abstract Grant given(); }";

        assertThat(complaints(offence)).contains("compiler.err.cant.inherit.from.final");
        assertThat(complaints(offence.replace("extends Grant", ""))).isEmpty();
    }

    @Test
    void the_door_does_not_open_without_a_grant() {
        var offence = "KeyValueStore open(Storage door, Grant grant, NamespaceTitle title) {"
                + " return door.keyValue(title); }";

        assertThat(complaints(offence)).containsExactly("compiler.err.cant.apply.symbol");
        assertThat(complaints(offence.replace("keyValue(title)", "keyValue(grant, title)")))
                .isEmpty();
    }

    @Test
    void a_principal_is_no_grant() {
        var offence = "KeyValueStore open(Storage door, Principal grant, NamespaceTitle title) {"
                + " return door.keyValue(grant, title); }";

        assertThat(complaints(offence)).containsExactly("compiler.err.cant.apply.symbol");
        assertThat(complaints(offence.replace("Principal grant", "Grant grant")))
                .isEmpty();
    }

    @Test
    void the_gate_takes_no_outcome() {
        var offence = "Decision admit(AccessGate gate, IdentityOutcome claim, RoutePolicy policy) {"
                + " return gate.admit(claim, policy); }";

        assertThat(complaints(offence)).containsExactly("compiler.err.cant.apply.symbol");
        assertThat(complaints(offence.replace("IdentityOutcome claim", "Fetch claim")))
                .isEmpty();
    }

    @Test
    void an_adapter_cannot_be_named() {
        var offence = "Class<?> opener() { return io.triport.storage.sqlite.Sqlite.class; }";

        assertThat(complaints(offence)).containsExactly("compiler.err.doesnt.exist");
        assertThat(complaints(offence.replace("io.triport.storage.sqlite.Sqlite", "Storage")))
                .isEmpty();
    }

    /** The class path is what stops it: with the adapters there, only what they keep to themselves stays out of reach. */
    @Test
    void an_adapter_cannot_be_named_even_with_the_adapters_on_the_class_path() {
        var path = new ArrayList<>(appClassPath());
        path.add(storageAdapters());
        var offence = "Class<?> store() { return io.triport.storage.sqlite.SqliteKeyValueStore.class; }";

        assertThat(complaints(offence, path)).containsExactly("compiler.err.not.def.public.cant.access");
        assertThat(complaints(offence.replace("SqliteKeyValueStore", "Sqlite"), path))
                .isEmpty();
    }

    private List<String> complaints(String code) {
        return complaints(code, appClassPath());
    }

    private List<String> complaints(String code, List<Path> classPath) {
        return compiled(code, classPath).errors().stream()
                .map(Compilation.Complaint::code)
                .distinct()
                .toList();
    }

    private Compilation compiled(String code, List<Path> classPath) {
        return Compilation.of("app.Code", source(code), classPath, output);
    }

    private static String source(String code) {
        return """
            package app;

            import io.triport.domain.identity.AccessGate;
            import io.triport.domain.identity.BodyCheck;
            import io.triport.domain.identity.Decision;
            import io.triport.domain.identity.Grant;
            import io.triport.domain.identity.IdentityOutcome;
            import io.triport.domain.identity.Permissions;
            import io.triport.domain.identity.Principal;
            import io.triport.domain.identity.RoutePolicy;
            import io.triport.domain.request.Fetch;
            import io.triport.domain.request.RequestId;
            import io.triport.domain.keyvalue.KeyValueStore;
            import io.triport.domain.keyvalue.NamespaceTitle;
            import io.triport.domain.storage.Storage;
            import java.time.Instant;
            import java.util.List;

            class Code {
                %s
            }
            """.formatted(code);
    }

    /** What an app is compiled against, as far as it is ours. */
    private static List<Path> appClassPath() {
        return List.of(
                Compilation.home(Grant.class),
                Compilation.home(HmacMechanism.class),
                Compilation.home(NullMarked.class));
    }

    private static Path storageAdapters() {
        return Compilation.home(io.triport.storage.sqlite.Sqlite.class);
    }
}
