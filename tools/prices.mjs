/**
 * Compares the dated table of prices with the price list of AWS, for who keeps the table: `npm run prices -- [REGION …]`.
 * Needs pricing:GetProducts; without regions it asks for all of the table.
 */
import { awsClients } from '../src/runtime/aws/control/clients.ts';
import { getProductsWith } from '../src/runtime/aws/cost/get-products.ts';
import { PRICES } from '../src/runtime/aws/cost/prices.ts';
import { refreshPrices } from '../src/runtime/aws/cost/refresh.ts';
import { systemClock } from '../src/runtime/clock.ts';
import { toHeadraceError } from '../src/shared/errors.ts';

const ending = new AbortController();
process.on('SIGINT', () => ending.abort());

async function compare(region, getProducts) {
  const options = { getProducts, clock: systemClock, signal: ending.signal };
  const { prices, missing } = await refreshPrices(PRICES, region, options);
  for (const [item, price] of Object.entries(prices.regions[region])) {
    const old = PRICES.regions[region]?.[item];
    if (old?.usd !== price.usd || (old.basis !== 'list' && price.by === 'api'))
      console.log(
        `${region} ${item}: ${old?.usd ?? 'none'} (${old?.basis ?? 'new'}) -> ${price.usd}`
      );
  }
  for (const item of missing) console.log(`${region} ${item}: not in the list`);
}

async function prices(given) {
  const clients = awsClients({ region: 'us-east-1' });
  const getProducts = getProductsWith(clients);
  const regions = given.length === 0 ? Object.keys(PRICES.regions) : given;
  for (const region of regions) await compare(region, getProducts);
  console.log(`The table is of ${PRICES.pricedAt}; what is not named is the same.`);
  clients.close();
}

prices(process.argv.slice(2)).catch(error => {
  console.error(toHeadraceError(error).line);
  process.exit(1);
});
