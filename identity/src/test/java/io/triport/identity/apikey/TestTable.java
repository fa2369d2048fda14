package io.triport.identity.apikey;

import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.TestKeyrings;
import io.triport.identity.revocation.RevocationRule;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One node's keys with everything around them. */
final class TestTable {
    static final Randomness RANDOMNESS = Randomness.system();
    static final String BOOTSTRAP = "a-token-of-any-form-with-32-characters";

    final SettableClock clock = SettableClock.anywhere();
    final SettableTicker ticker = new SettableTicker();
    final CredentialStore store;
    final FakeRevocationList revocations = new FakeRevocationList(ticker);
    final ApiKeyTable table;
    final ApiKeyService service;

    TestTable() {
        this(new FakeCredentialStore(), TestKeyrings.of(1));
    }

    TestTable(CredentialStore store, Keyring peppers) {
        this.store = store;
        this.table = new ApiKeyTable("api-keys", peppers, store, ticker, RANDOMNESS);
        this.service = new ApiKeyService(table, revocations, clock, RANDOMNESS);
        table.follow();
    }

    ApiKeyMechanism mechanism() {
        return mechanism(RevocationRule.SOFT);
    }

    ApiKeyMechanism mechanism(RevocationRule rule) {
        var settings = new ApiKeySettings(
                new MechanismName("keys"),
                "api-keys",
                TestKeyrings.of(1),
                "live",
                List.of(Secret.of(BOOTSTRAP)),
                Set.of(new Scope("keys.write")),
                rule);
        return new ApiKeyMechanism(settings, table, revocations);
    }

    ApiKey create() {
        return service.create(order("live"));
    }

    static ApiKeyOrder order(String environment) {
        return new ApiKeyOrder(
                environment, new Subject("billing"), Set.of(new Scope("orders.read")), List.of(), Instant.MAX);
    }
}
