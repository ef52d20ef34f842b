/**
 * What the model costs on this machine, measured. Start reading at {@link org.continuo.engine.bench.StepBenchmark}.
 */
package org.continuo.engine.bench;
