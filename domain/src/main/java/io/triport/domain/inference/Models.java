package io.triport.domain.inference;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Content;
import java.util.List;

/** The models of a deployment, before identity: what {@code Storage} puts behind grants. Safe for many threads. */
public interface Models {
    /** The models as they are for one who pays. Cheap: nothing is asked. */
    Inference of(Spender spender);

    /** What answers for a model: a name from a closed set, for whoever measures; that of models unknown, too. */
    String adapter(ModelName model);

    /** No models at all. */
    static Models none() {
        return new Models() {
            @Override
            public Inference of(Spender spender) {
                return new NoInference();
            }

            @Override
            public String adapter(ModelName model) {
                return "none";
            }
        };
    }

    /** Knows no model. */
    final class NoInference implements Inference {
        private NoInference() {}

        @Override
        public InferenceResult run(ModelName model, InferenceInput input) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "model: there are none");
        }

        @Override
        public Content stream(ModelName model, InferenceInput input) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "model: there are none");
        }

        @Override
        public List<ModelInfo> models(ModelFilter filter) {
            return List.of();
        }
    }
}
