package io.triport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the manager changes for a caller goes through the effect of his call, which is done once where he has named it. */
final class NamedCallsTest {
    private static final String STORAGE = "io.triport.domain.storage.Storage";
    private static final String EFFECT = "io.triport.manager.repeat.Effect";
    private static final String AUTHOR = "io.triport.manager.route.Author";

    /** Does jobs, in the name of nobody who waits for an answer. */
    private static final String RUNNER = "io.triport.manager.job.JobRun";

    /** What jobs, schedules and sockets write, which no caller sends again. */
    private static final Set<String> NOBODYS = Set.of(
            "io.triport.manager.bulk.Reach", "io.triport.manager.schedule.Firing", "io.triport.manager.job.JobDesk");

    private final JavaClasses manager = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.triport.manager");

    private List<String> offences(Set<String> allowed, String owner, String member, String expected) {
        return Finding.all(Finding.accesses(
                manager,
                (origin, target) -> !allowed.contains(outermost(origin)) && is(target, owner, member),
                expected));
    }

    private static String outermost(JavaClass origin) {
        return origin.getName().replaceAll("\\$.*", "");
    }

    private static boolean is(AccessTarget target, String owner, String member) {
        return target.getOwner().getName().equals(owner) && target.getName().equals(member);
    }

    @Test
    void a_unit_for_a_caller_is_begun_by_the_effect_of_his_call() {
        assertThat(offences(Set.of(), STORAGE, "together", "")).isNotEmpty();

        assertThat(offences(Set.of(EFFECT, RUNNER), STORAGE, "together", "Effect.together"))
                .isEmpty();
    }

    @Test
    void nobody_forgets_the_name_of_a_call() {
        assertThat(offences(NOBODYS, EFFECT, "unnamed", "Call.effect")).isEmpty();
        assertThat(offences(Set.of(AUTHOR, "io.triport.manager.bulk.Reach"), AUTHOR, "<init>", "Author.of"))
                .isEmpty();
        assertThat(offences(
                        Set.of(EFFECT, "io.triport.manager.route.Repeats"), STORAGE, "idempotency", "Effect.together"))
                .isEmpty();
    }
}
