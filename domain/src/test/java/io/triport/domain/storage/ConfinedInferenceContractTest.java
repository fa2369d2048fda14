package io.triport.domain.storage;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.inference.Inference;
import io.triport.domain.inference.Models;
import io.triport.domain.inference.Spender;
import io.triport.testkit.FakeModels;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.InferenceContract;
import io.triport.testkit.ModelFixture;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.Set;

/** Models that a grant opens, of a principal with the name of who pays. */
final class ConfinedInferenceContractTest extends InferenceContract {
    private final SettableClock clock = SettableClock.anywhere();

    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected ModelFixture create() {
        return new FakeModels();
    }

    @Override
    protected Inference view(Models models, Spender spender) {
        var storage = new Storage(
                new FakeStorageEngine(clock),
                Storage.Beside.NOTHING.withModels(models),
                clock,
                new SettableTicker(),
                new RecordingStorageLog());
        var everything =
                new Permission(TestGrants.EVERY_ACTION, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY));
        return storage.inference(new TestGrants(clock).of(spender.text(), everything));
    }
}
