package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Bytes;
import io.triport.identity.Allowance;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class AllowanceReaderTest {
    private static final ResourceName SOMETHING = new ResourceName("N", Bytes.utf8("a"));

    @Property
    void what_is_narrowed_opens_what_both_open_and_nothing_else(
            @ForAll("scopes") Set<Scope> held, @ForAll("scopes") Set<Scope> said) {
        var everything = new Allowance(
                AllowanceReader.everyScope(), AllowanceReader.everything(), List.of(), Instant.MAX, List.of());
        var allowance = AllowanceReader.narrowed(everything, held);

        var narrowed = AllowanceReader.narrowed(allowance, said);

        assertThat(narrowed.scopes()).isEqualTo(both(held, said));
        for (var scope : AllowanceReader.everyScope()) {
            var one = AllowanceReader.narrowed(everything, Set.of(scope)).permissions();
            for (var action : opened(one)) {
                if (action != Action.NAMESPACE_FIND) {
                    assertThat(narrowed.permissions().permits(action, SOMETHING))
                            .as("%s of %s", action, narrowed.scopes())
                            .isEqualTo(narrowed.scopes().contains(scope));
                }
            }
        }
    }

    @Property
    void nothing_is_left_of_scopes_that_are_not_held(@ForAll("scopes") Set<Scope> held) {
        var everything = new Allowance(
                AllowanceReader.everyScope(), AllowanceReader.everything(), List.of(), Instant.MAX, List.of());

        var none = AllowanceReader.narrowed(AllowanceReader.narrowed(everything, held), Set.of());

        assertThat(none.scopes()).isEmpty();
        assertThat(opened(none.permissions())).isEmpty();
    }

    @Provide
    Arbitrary<Set<Scope>> scopes() {
        return Arbitraries.of(AllowanceReader.everyScope()).set();
    }

    private static Set<Scope> both(Set<Scope> some, Set<Scope> others) {
        return some.stream().filter(others::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Action> opened(Permissions permissions) {
        return permissions.rules().stream()
                .flatMap(rule -> rule.actions().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
