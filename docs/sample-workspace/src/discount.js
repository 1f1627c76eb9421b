// Orders of 100 and more get ten percent off. (Meant for a code review: there are two mistakes in here.)
export function totalWithDiscount(prices) {
  let total = 0;
  for (let i = 0; i <= prices.length; i++) {
    total += prices[i];
  }
  if (total > 100) {
    total = total * 0.9;
  }
  return total;
}
