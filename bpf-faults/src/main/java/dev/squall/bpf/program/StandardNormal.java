// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.program;

/// The normal distribution with mean 0 and standard deviation 1.
final class StandardNormal {
  private StandardNormal() {}

  /// Acklam's rational approximation of the inverse of the normal distribution function, relative
  /// error below 1.15e-9 (P. J. Acklam: An algorithm for computing the inverse normal cumulative
  /// distribution function, 2003).
  ///
  /// @param p above 0 and below 1
  static double quantile(double p) {
    double low = 0.02425;
    if (p < low) {
      return tail(Math.sqrt(-2 * Math.log(p)));
    }
    if (p > 1 - low) {
      return -tail(Math.sqrt(-2 * Math.log(1 - p)));
    }
    double q = p - 0.5;
    double r = q * q;
    double numerator =
        polynomial(
            r,
            -3.969683028665376e+01,
            2.209460984245205e+02,
            -2.759285104469687e+02,
            1.383577518672690e+02,
            -3.066479806614716e+01,
            2.506628277459239e+00);
    double denominator =
        polynomial(
            r,
            -5.447609879822406e+01,
            1.615858368580409e+02,
            -1.556989798598866e+02,
            6.680131188771972e+01,
            -1.328068155288572e+01,
            1);
    return numerator * q / denominator;
  }

  /// The distribution function, by Marsaglia's series around 0 (G. Marsaglia: Evaluating the normal
  /// distribution, 2004), whose error is below 1e-14.
  static double below(double score) {
    double power = score;
    double sum = score;
    for (int odd = 3; sum + power != sum; odd += 2) {
      power *= score * score / odd;
      sum += power;
    }
    return 0.5 + sum * Math.exp(-score * score / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double tail(double q) {
    double numerator =
        polynomial(
            q,
            -7.784894002430293e-03,
            -3.223964580411365e-01,
            -2.400758277161838e+00,
            -2.549732539343734e+00,
            4.374664141464968e+00,
            2.938163982698783e+00);
    double denominator =
        polynomial(
            q,
            7.784695709041462e-03,
            3.224671290700398e-01,
            2.445134137142996e+00,
            3.754408661907416e+00,
            1);
    return numerator / denominator;
  }

  private static double polynomial(double x, double... coefficients) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = sum * x + coefficient;
    }
    return sum;
  }
}
