/**
 * The port of models: text, vectors of texts, order by relevance, labels. Start reading at {@link
 * io.triport.domain.inference.Inference}, what callers see, {@link io.triport.domain.inference.Model}, what an adapter gives, and
 * {@link io.triport.domain.inference.ModelCatalogue}, which puts budgets, bounds and the wait for the first byte before all adapters
 * alike; the rules are those of the storage contract's section 9. Models know nothing of identity: {@link
 * io.triport.domain.storage.Storage} puts them behind grants, and tells who pays.
 */
@NullMarked
package io.triport.domain.inference;

import org.jspecify.annotations.NullMarked;
