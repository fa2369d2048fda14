package io.triport.domain.inference;

import io.triport.domain.request.InvalidInput;

/** How much is left to chance. */
public sealed interface Temperature {
    /** As the model has it when nothing is said. */
    record Usual() implements Temperature {}

    /** @param degree 0 for the likeliest, at most 5 */
    record Of(double degree) implements Temperature {
        private static final double MOST = 5;

        /** @throws InvalidInput outside of 0..5 */
        public Of {
            if (!(degree >= 0 && degree <= MOST)) {
                throw new InvalidInput("temperature", "0..5");
            }
        }
    }
}
